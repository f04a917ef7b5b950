"""What is stored about one person, for that person to read and to have deleted."""
