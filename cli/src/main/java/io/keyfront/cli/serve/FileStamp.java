package io.keyfront.cli.serve;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * Tells whether a file changed, without reading it.
 *
 * @param identity the inode, where the file system has one
 */
record FileStamp(long size, FileTime modified, String identity) {
  static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(
        attributes.size(),
        attributes.lastModifiedTime(),
        Objects.toString(attributes.fileKey(), ""));
  }
}
