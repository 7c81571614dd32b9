package io.keyfront.compiler.finding;

/** Names a resource. */
public record ResourceId(String kind, String namespace, String name) {
  public ResourceId {
    namespace = Printable.of(namespace);
    name = Printable.of(name);
  }

  /** {@code MachineToken default/ci}. */
  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
