import { Stripe } from 'stripe';

/**
 * Asks for subscriptions together with their schedules. These need a right of their own, and a key without it is refused
 * the whole answer as soon as one subscription in it has a schedule. The subscriptions are worth more than the phases of
 * some, so from then on the schedules are left out.
 */
export function createSchedules() {
  let isRefused = false;

  return {
    isRefused: () => isRefused,

    /** @throws the provider's own refusal where it is not for the schedules */
    async withThem<T>(paths: readonly string[], ask: (expand: string[]) => PromiseLike<T>): Promise<T> {
      if (isRefused) return ask([...paths]);
      try {
        return await ask([...paths, 'schedule']);
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripePermissionError)) throw error;
        const answer = await ask([...paths]);
        isRefused = true;
        return answer;
      }
    },
  };
}
