"""Decides who may join a group, who is welcomed, and whose time there is over."""
