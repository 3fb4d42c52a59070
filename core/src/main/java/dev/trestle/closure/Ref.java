package dev.trestle.closure;

import java.io.Serializable;

/**
 * Stands in the stream for a notebook object that travels as a {@link PlainShape}.
 *
 * @param id its place among the objects of the message
 * @param type its class, so that it can be made before its state has been read
 */
record Ref(int id, Class<?> type) implements Serializable {}
