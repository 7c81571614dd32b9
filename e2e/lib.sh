# shellcheck shell=bash
# What e2e/chaos and e2e/mutations share: a JDK, the build, the start.

find_jdk() { # the one in JAVA_HOME, else an installed one of 25 or later
  local home
  for home in "${JAVA_HOME:-}" "$(readlink -f "$(command -v java || true)" | sed 's#/bin/java$##')" \
    /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -x "$home/bin/javac" ] && grep -qsE '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$home/release"; then
      jdk=$home
      return
    fi
  done
  printf 'Needs a JDK 25 or newer: set JAVA_HOME, or install temurin-25-jdk or openjdk-25-jdk.\n' >&2
  exit 2
}

build() { # TREE OPTION…
  (cd "$1" && JAVA_HOME=$jdk mvn -B -q -Dmaven.test.skip=true "${@:2}" -pl e2e -am package)
}

attack() { # LIBRARIES OPTION…
  "$jdk/bin/java" -Xmx192m -cp "$1/*" io.keyfront.e2e.chaos.ChaosMain "${@:2}"
}

find_jdk
