"""What generators and discriminators minimise."""
