package io.keyfront.dataplane.cluster;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.dataplane.authenticate.Reviews;
import io.keyfront.dataplane.authenticate.Vouching;
import io.keyfront.dataplane.cluster.api.Unanswered;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API server by TokenReview: it looks whether the ServiceAccount and the pod that a token
 * is bound to are there.
 *
 * <p>Source: Kubernetes API reference, TokenReview v1 authentication.k8s.io.
 */
final class TokenReviewer implements Reviews.Reviewer {
  private final KubernetesClient client;

  TokenReviewer(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public boolean vouchesFor(Vouching.Question question) throws IOException {
    TokenReview review =
        new TokenReviewBuilder()
            .withNewSpec()
            .withToken(question.token().reveal())
            .withAudiences(List.copyOf(question.audiences()))
            .endSpec()
            .build();
    try {
      return isVouchedFor(client.tokenReviews().create(review).getStatus(), question);
    } catch (KubernetesClientException refused) {
      throw new Unanswered(refused);
    }
  }

  private static boolean isVouchedFor(
      @Nullable TokenReviewStatus status, Vouching.Question question) throws IOException {
    if (status == null) {
      throw new IOException("A TokenReview came back without a status.");
    }
    String expected =
        "system:serviceaccount:%s:%s"
            .formatted(question.account().namespace(), question.account().name());
    return Boolean.TRUE.equals(status.getAuthenticated())
        && !Collections.disjoint(status.getAudiences(), question.audiences())
        && status.getUser() != null
        && expected.equals(status.getUser().getUsername());
  }
}
