"""Official texts of acts: reading them from the ELI service or a file, splitting, keeping, indexing."""
