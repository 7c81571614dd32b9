package io.keyfront.cli.command;

import picocli.CommandLine.Command;

/** {@code keyfront token}: the commands below it do the work. */
@Command(
    name = "token",
    description = "Make, list, change and revoke machine tokens of a running server.",
    synopsisSubcommandLabel = "COMMAND")
public final class TokenCommand {}
