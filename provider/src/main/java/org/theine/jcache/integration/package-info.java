/**
 * How do we talk to the user's plug-ins? Loader, writer, expiry policy, copier and serialiser are
 * each behind a type of ours that is there also when the plug-in is not, and that turns what the
 * plug-in throws into what the JCache specification names.
 *
 * <p>The rule for failures: an {@link java.lang.Exception} is wrapped once, with its cause; one
 * that has the specified type already passes as it is; an {@link java.lang.Error} passes as it is,
 * since it tells of the machine or of a broken program and the specification says nothing of it.
 * Only an expiry policy cannot fail an operation: the specification has a default for each of its
 * answers.
 *
 * <p>Threads: every type here except {@link org.theine.jcache.integration.Closing} is safe for use
 * by any thread, provided that the plug-in is. No lock is held and no monitor entered around a call
 * of a plug-in by this package. This package is not API.
 */
@NullMarked
package org.theine.jcache.integration;

import org.jspecify.annotations.NullMarked;
