"""Cases of the labour office: who may do what, where, and by when."""
