"""Learning rates of the training of nano and solid."""

import optax


def rates(rate, steps, hold):
    """The rate of each step: rising at first, held for a fraction of the steps, then falling along a cosine."""
    warm, held = min(500, steps // 20), int(hold * steps)
    if held <= warm:
        return optax.warmup_cosine_decay_schedule(0.0, rate, warm, steps, 1e-2 * rate)
    rise, fall = optax.linear_schedule(0.0, rate, warm), optax.cosine_decay_schedule(rate, steps - held, 1e-2)
    return optax.join_schedules([rise, optax.constant_schedule(rate), fall], [warm, held])
