"""How each stage of the demonstration is built, through the domain functions of the area it belongs to."""
