"""What two kiosks said differently while they could not hear each other, read from what both have noted."""
