"""The connection to QQ: the port, WebSockets, the OneBot V11 adapter, and the frames that an implementation
sends."""
