package io.simplebank.domain.port.in;

import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Caller;
import java.util.List;

/** A user looks at where they are logged in. */
public interface ListSessions {
  /** The caller's own live sessions, newest first. */
  List<Session> list(Caller caller);
}
