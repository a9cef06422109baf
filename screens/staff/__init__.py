"""The team's side, behind the PIN: complete from 80 x 24 up, usable at the smallest grid too."""
