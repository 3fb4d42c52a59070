package dev.trestle.kernel.protocol;

/** The sockets that messages come and go through; the heartbeat has none. */
public enum Channel {
  SHELL,
  CONTROL,
  STDIN,
  IOPUB
}
