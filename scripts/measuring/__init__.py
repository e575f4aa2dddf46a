"""What the scripts that measure voices share."""
