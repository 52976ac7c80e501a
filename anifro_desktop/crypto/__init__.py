"""Keys and ciphers: the only place that calls the cryptography library. No files, no clock."""
