package io.keyfront.crds;

import java.util.List;

/**
 * Names one key of a Secret in the resource's own namespace.
 *
 * @param name the Secret's name
 * @param key the key within its data
 */
public record SecretRef(String name, String key) {

  public List<Problem> problems() {
    var problems = new Problems();
    problems.text("name", name, Names.OBJECT_MAX, Names.OBJECT, Names.OBJECT_FIX);
    problems.text("key", key, Names.OBJECT_MAX, Names.SECRET_KEY, Names.SECRET_KEY_FIX);
    return problems.list();
  }
}
