package dev.trestle.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TurnTest {
  private final Turn turn = new Turn();

  @Test
  void jobsThatHaveNotBegunAreGivenBack() {
    turn.open(1, 3);
    assertTrue(turn.take());
    assertEquals(1, turn.close(1));
    assertFalse(turn.take());
  }

  @Test
  void anOrderThatOvertakesItsBatchGivesAllJobsBack() {
    turn.open(1, 1);
    assertTrue(turn.take());
    assertEquals(0, turn.close(2));
    turn.open(2, 3);
    assertFalse(turn.take());
    turn.open(3, 1);
    assertTrue(turn.take());
  }

  @Test
  void nothingIsGivenBackTwice() {
    turn.open(1, 2);
    assertEquals(0, turn.close(1));
    assertEquals(-1, turn.close(1));
    assertEquals(0, turn.close(2));
    assertEquals(-1, turn.close(2));
  }

  @Test
  void theFirstBatchHasItsTurn() {
    turn.open(0, 1);
    assertTrue(turn.take());
  }
}
