package dev.logdash.dashboard;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * Writes whole answers as fast as their readers take them, without a thread that waits for them.
 */
final class Responder {

  private static final Logger LOG = LoggerFactory.getLogger(Responder.class);

  // What may wait for slow readers; an eighth of the smallest heap that the product is made for.
  private static final long MAX_PENDING_BYTES = 32L << 20;
  private static final int CHUNK = 64 * 1024;

  // Of the threads of the scheduler, so that slow senders of what nobody wants leave most of them.
  private static final int MAX_WAITS = 4;

  private final Scheduler scheduler;
  private final AtomicLong pending = new AtomicLong();
  private final Semaphore waits = new Semaphore(MAX_WAITS);

  Responder(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Answers and ends the exchange, once its request has come to its end. */
  void send(Call call, Reply.Body reply) {
    long held = reply.bytes().length;
    if (pending.addAndGet(held) > MAX_PENDING_BYTES) {
      pending.addAndGet(-held);
      finish(call, Problem.busy("too many answers wait for their readers", 5).reply());
      return;
    }
    call.onEnd(() -> pending.addAndGet(-held));
    finish(call, reply);
  }

  private void finish(Call call, Reply.Body reply) {
    UnreadBody unread = call.unread();
    if (unread.isEmpty(reply.status())) {
      write(call, reply);
    } else if (unread.isReadable() && waits.tryAcquire()) {
      waitAndWrite(call, reply);
    } else {
      UnreadBody.endConnection(call.response());
      write(call, reply);
    }
  }

  private void waitAndWrite(Call call, Reply.Body reply) {
    try {
      scheduler.schedule(
          () -> {
            try {
              call.unread().discard(call.response());
            } finally {
              waits.release();
            }
            write(call, reply);
          });
    } catch (RejectedExecutionException e) {
      waits.release();
      UnreadBody.endConnection(call.response());
      write(call, reply);
    }
  }

  private static void write(Call call, Reply.Body reply) {
    HttpServletResponse response = call.response();
    try {
      apply(reply, response);
      if (call.isHead() || reply.bytes().length == 0) {
        call.complete();
        return;
      }
      ServletOutputStream out = response.getOutputStream();
      out.setWriteListener(new Writer(call, out, reply.bytes()));
    } catch (IOException | IllegalStateException e) {
      LOG.debug("The client has gone before its answer", e);
      call.complete();
    }
  }

  static void apply(Reply.Body reply, HttpServletResponse response) {
    response.setStatus(reply.status());
    reply.headers().forEach(response::setHeader);
    if (reply.bytes().length > 0) {
      response.setContentType(reply.contentType());
      response.setContentLength(reply.bytes().length);
    }
  }

  private static final class Writer implements WriteListener {
    private final Call call;
    private final ServletOutputStream out;
    private final byte[] bytes;
    private int next;

    Writer(Call call, ServletOutputStream out, byte[] bytes) {
      this.call = call;
      this.out = out;
      this.bytes = bytes;
    }

    @Override
    public void onWritePossible() throws IOException {
      while (out.isReady()) {
        if (next == bytes.length) {
          call.complete();
          return;
        }
        int length = Math.min(CHUNK, bytes.length - next);
        out.write(bytes, next, length);
        next += length;
      }
    }

    @Override
    public void onError(Throwable error) {
      LOG.debug("The client has gone in the middle of its answer", error);
      call.complete();
    }
  }
}
