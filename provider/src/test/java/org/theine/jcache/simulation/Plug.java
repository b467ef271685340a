package org.theine.jcache.simulation;

/** The places where a cache calls user code. */
enum Plug {
  LOAD("load"),
  LOAD_ALL("loadAll"),
  WRITE("write"),
  WRITE_ALL("writeAll"),
  DELETE("delete"),
  DELETE_ALL("deleteAll"),
  CREATION("expiry of creation?"),
  UPDATE("expiry of update?"),
  ACCESS("expiry of access?"),
  WEIGH("weigh"),
  COPY("copy"),
  SERIALIZE("serialize"),
  DESERIALIZE("deserialize"),
  EQUALS("equals"),
  PROCESS("process"),
  FILTER("filter"),
  LISTENER("listener"),
  COMPLETION("onCompletion"),
  EXCEPTION("onException"),
  EXECUTE("execute"),
  CLOSE("close of");

  final String text;

  Plug(String text) {
    this.text = "> " + text;
  }
}
