package io.keyfront.crds;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A CEL rule of the schema that each item of a list must keep. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Repeatable(ItemRule.All.class)
@interface ItemRule {
  /** CEL over {@code self}, the item. */
  String value();

  /** What is wrong, and what would be right. */
  String message();

  /** Several rules. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface All {
    ItemRule[] value();
  }
}
