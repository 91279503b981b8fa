console.log("Hello, World from AssemblyScript on WasmOS!");
