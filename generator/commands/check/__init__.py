"""`check`: what an editor should look at, beyond what keeps the site from being built. One function a check."""
