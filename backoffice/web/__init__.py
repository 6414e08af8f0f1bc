"""What every answer of the desk has, whichever face gives it: a request id, security headers, and health addresses."""
