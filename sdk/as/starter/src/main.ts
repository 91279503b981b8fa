const words = process.argv;

console.log(`Hello from ${words[0]}!`);
for (let i = 1; i < words.length; i++) console.log(`argument ${i}: ${words[i]}`);
