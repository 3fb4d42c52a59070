package dev.trestle.closure;

/** What is being sent, with the words for saying that it cannot be. */
enum Cargo {
  TASK("the task", "cannot be sent to a worker", true),
  ARGUMENT("the argument", "cannot be sent to a worker", true),
  RESULT("the result of the task", "cannot be sent back", false);

  final String subject;
  final String verdict;

  /** Whether the receiver may lack the code of what is sent. */
  final boolean bringsCode;

  Cargo(String subject, String verdict, boolean bringsCode) {
    this.subject = subject;
    this.verdict = verdict;
    this.bringsCode = bringsCode;
  }

  /** What to do about an object of a class that does not travel. */
  String advice(Class<?> type) {
    if (isLambda(type)) {
      return lambdaAdvice(type);
    }
    return this == RESULT
        ? "Return numbers, text, records, or collections of them"
        : "Create it inside the task, or pass what it needs as an argument";
  }

  private static String lambdaAdvice(Class<?> type) {
    String name = type.getInterfaces()[0].getSimpleName();
    String maker = type.getName().replaceFirst("\\$\\$Lambda.*", "");
    if (type.getClassLoader() == null) {
      return "It was made inside %s: write out what it does as a lambda of your own"
          .formatted(maker);
    }
    if (NotebookClass.isNotebook(type.getNestHost())) {
      return ("In this kind of notebook a lambda travels when its type extends Serializable: cast it,"
              + " (%s & Serializable), or write it as a notebook method and call that. With a Java"
              + " agent every lambda travels: start the notebook's JVM with"
              + " -javaagent:trestle-core-VERSION-agent.jar (jshell: -R-javaagent:...)")
          .formatted(name);
    }
    return "It was made in compiled code, %s: there, cast it, (%s & Serializable)"
        .formatted(maker, name);
  }

  /** What the user calls the class of an object. */
  static String typeName(Class<?> type) {
    return isLambda(type)
        ? "a lambda (%s)".formatted(type.getInterfaces()[0].getSimpleName())
        : type.getTypeName();
  }

  private static boolean isLambda(Class<?> type) {
    return type.isHidden() && type.getInterfaces().length > 0;
  }
}
