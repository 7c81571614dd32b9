package io.keyfront.ledger.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.Transports;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How Lettuce is set up: one loop, nothing buffered while disconnected, nothing sent twice. */
final class Client {
  private final EventLoopGroupProvider threads;
  private final EventLoop loop;
  private final ClientResources resources;

  private Client(EventLoopGroupProvider threads, EventLoop loop) {
    this.threads = threads;
    this.loop = loop;
    this.resources =
        DefaultClientResources.builder()
            .eventLoopGroupProvider(threads)
            .computationThreadPoolSize(2)
            .reconnectDelay(
                Delay.exponential(
                    Duration.ofMillis(20), Duration.ofSeconds(2), 2, TimeUnit.MILLISECONDS))
            .build();
  }

  /** With a thread of its own. */
  static Client alone() {
    DefaultEventLoopGroupProvider threads = new DefaultEventLoopGroupProvider(1);
    EventLoopGroup group = threads.allocate(Transports.eventLoopGroupClass());
    return new Client(threads, group.next());
  }

  /** On somebody's loop, who may end it when this was shut down. */
  static Client on(EventLoop loop) {
    return new Client(new GivenLoop(loop), loop);
  }

  ClientResources resources() {
    return resources;
  }

  /** The only one on which connections read and write. */
  EventLoop loop() {
    return loop;
  }

  static ClientOptions options(RedisSettings settings) {
    return configure(ClientOptions.builder(), settings).build();
  }

  static ClusterClientOptions clusterOptions(RedisSettings settings) {
    ClusterClientOptions.Builder builder =
        ClusterClientOptions.builder()
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enablePeriodicRefresh(Duration.ofSeconds(60))
                    .build());
    configure(builder, settings);
    return builder.build();
  }

  private static <B extends ClientOptions.Builder> B configure(B builder, RedisSettings settings) {
    builder
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .replayFilter(command -> true)
        .requestQueueSize(Line.MOST)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(Duration.ofSeconds(2))
                .keepAlive(true)
                .tcpNoDelay(true)
                .build());
    settings
        .trusted()
        .ifPresent(
            file ->
                builder.sslOptions(
                    SslOptions.builder().jdkSslProvider().trustManager(file.toFile()).build()));
    return builder;
  }

  void shutdown() {
    resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    threads.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
  }
}
