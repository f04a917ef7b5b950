"""What people type and what they get: NoneBot plugins, one folder an ability."""
