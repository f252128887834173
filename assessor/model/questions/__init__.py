"""Questions of each kind, the conditions on their answers, and the sections that contain them."""
