package io.keyfront.crds;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One item of a list for each value of a field, so that an apply changes its own alone. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface UniqueBy {
  /** The field of the items, which is required. */
  String value();
}
