package io.keyfront.crds;

import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Names one key of a Secret in the resource's own namespace.
 *
 * @param name the Secret's name
 * @param key the key within its data
 */
public record SecretRef(
    @Required
        @Size(max = Names.OBJECT_MAX)
        @ValidationRule(value = Cel.OBJECT, message = "is not a name; " + Names.OBJECT_FIX)
        String name,
    @Required
        @Size(max = Names.OBJECT_MAX)
        @ValidationRule(value = Cel.SECRET_KEY, message = "is not a key; " + Names.SECRET_KEY_FIX)
        String key) {

  public List<Problem> problems() {
    var problems = new Problems();
    problems.text("name", name, Names.OBJECT_MAX, Names.OBJECT, Names.OBJECT_FIX);
    problems.text("key", key, Names.OBJECT_MAX, Names.SECRET_KEY, Names.SECRET_KEY_FIX);
    return problems.list();
  }
}
