"""Questions of readers: how they come in, and which of them pages show."""
