/**
 * The service behind the use cases of remembered answers: looking them up, and forgetting them in
 * time. They are made where orders are decided, in {@link
 * io.simplebank.application.transfer.TransferService}.
 */
@NullMarked
package io.simplebank.application.idempotency;

import org.jspecify.annotations.NullMarked;
