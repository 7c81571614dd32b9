package io.keyfront.cli.command;

import picocli.CommandLine.Command;

/** {@code keyfront webhook}: the command below it does the work. */
@Command(
    name = "webhook",
    description = "Try the webhooks of a running server.",
    synopsisSubcommandLabel = "COMMAND")
public final class WebhookCommand {}
