package io.keyfront.ledger.mark;

/**
 * What a proxy saw of a ledger: by what it finds there later, it knows whether data was lost.
 *
 * @param proxy names the proxy in the ledger, the same after its restart
 * @param epoch of the ledger: another one when its server is
 * @param beat the last sign of life that the ledger has acknowledged, microseconds of the epoch; 0
 *     for none yet, negative where nobody but others of the same marks have given any
 * @param last whether nothing was told after it: the proxy was stopped well
 */
public record Sighting(String proxy, long epoch, long beat, boolean last) {
  /**
   * The name of a proxy on one site.
   *
   * @param site the part of the ledger that one server of a cluster has; empty for all of it
   */
  public static String named(String name, String site) {
    return site.isEmpty() ? name : name + "/" + site;
  }

  /** The site that the proxy is named for; empty for all of the ledger. */
  public String site() {
    int slash = proxy.indexOf('/');
    return slash < 0 ? "" : proxy.substring(slash + 1);
  }
}
