"""foreman's parts. cli is the entry; describe says what there is to build, builder builds it."""
