package dev.trestle.worker;

/** What goes over the socket between this JVM and a worker. */
sealed interface Message {

  /** Worker to parent, once: it is up. */
  record Ready(long pid) implements Message {}

  /** Parent to worker: the task that the following arguments are for. */
  record Task(byte[] task) implements Message {
    @Override
    public String toString() {
      return "Task[" + task.length + " bytes]";
    }
  }

  /** Parent to worker: run the task on this argument. */
  record Run(byte[] argument) implements Message {
    @Override
    public String toString() {
      return "Run[" + argument.length + " bytes]";
    }
  }

  /** Worker to parent: what the task gave. */
  record Done(byte[] result) implements Message {
    @Override
    public String toString() {
      return "Done[" + result.length + " bytes]";
    }
  }

  /** Worker to parent: the task threw; the bytes hold the encoded throwable. */
  record Failed(byte[] throwable) implements Message {
    @Override
    public String toString() {
      return "Failed[" + throwable.length + " bytes]";
    }
  }
}
