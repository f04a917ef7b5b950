"""The commands that people type and the answers that they read: NoneBot plugins, one package for each group
of commands."""
