"""What runs: the app, the commands, and everything that touches the outside world."""
