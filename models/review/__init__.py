"""The day and the period as staff review them: every figure is a sum over people on half-days."""
