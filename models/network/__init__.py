"""What a coordinator sees of each corner: half-days, months without small groups, when it was heard."""
