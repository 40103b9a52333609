/* libwebsockets, as Unreal has it. A thread reads the orders; the service loop obeys them one by one. */
#include <libwebsockets.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct order { struct order *next; char *line; };

static struct order *first, **last = &first;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct lws_context *context;
static struct lws *wsi;
static int ended;

static void say(const char *word, const char *data, size_t size) {
  printf("%s %.*s\n", word, (int)size, data ? data : "");
  fflush(stdout);
}

static void *listen_to_orders(void *unused) {
  char *line = NULL;
  size_t room = 0;
  ssize_t size;
  while ((size = getline(&line, &room, stdin)) > 0) {
    struct order *order = calloc(1, sizeof *order);
    line[size - 1] = 0;
    order->line = strdup(line);
    pthread_mutex_lock(&lock);
    *last = order;
    last = &order->next;
    pthread_mutex_unlock(&lock);
    lws_cancel_service(context);
  }
  return unused;
}

static void put(const char *data, size_t size, int how) {
  unsigned char *buffer = malloc(LWS_PRE + size + 1);
  memcpy(buffer + LWS_PRE, data, size);
  lws_write(wsi, buffer + LWS_PRE, size, how);
  free(buffer);
}

static void put_fragments(char *words) {
  int how = LWS_WRITE_TEXT;
  for (char *part = words; part; how = LWS_WRITE_CONTINUATION) {
    char *tab = strchr(part, '\t');
    put(part, tab ? (size_t)(tab - part) : strlen(part), how | (tab ? LWS_WRITE_NO_FIN : 0));
    if (tab) put("between", 7, LWS_WRITE_PING);
    part = tab ? tab + 1 : NULL;
  }
}

/* -1 closes the connection. */
static int obey_one(void) {
  pthread_mutex_lock(&lock);
  struct order *order = first;
  if (order && !(first = order->next)) last = &first;
  pthread_mutex_unlock(&lock);
  if (!order) return 0;
  char *words = strchr(order->line, ' ') + 1;
  lws_callback_on_writable(wsi);
  if (!strncmp(order->line, "text ", 5)) put(words, strlen(words), LWS_WRITE_TEXT);
  if (!strncmp(order->line, "binary ", 7)) put(words, strlen(words), LWS_WRITE_BINARY);
  if (!strncmp(order->line, "ping ", 5)) put(words, strlen(words), LWS_WRITE_PING);
  if (!strncmp(order->line, "fragments ", 10)) put_fragments(words);
  if (strncmp(order->line, "close ", 6)) return 0;
  lws_close_reason(wsi, atoi(words), (unsigned char *)words + 5, strlen(words + 5));
  return -1;
}

static void received(char *data, size_t size) {
  static char message[1 << 22];
  static size_t length;
  memcpy(message + length, data, size);
  length += size;
  if (!lws_is_final_fragment(wsi) || lws_remaining_packet_payload(wsi)) return;
  say(lws_frame_is_binary(wsi) ? "binary" : "text", message, length);
  length = 0;
}

static int on_event(struct lws *socket, enum lws_callback_reasons reason, void *user, void *in, size_t size) {
  char status[8] = "-";
  switch (reason) {
  case LWS_CALLBACK_CLIENT_ESTABLISHED:
    say("open", lws_get_protocol(socket)->name, strlen(lws_get_protocol(socket)->name));
    pthread_create(&(pthread_t){0}, NULL, listen_to_orders, NULL);
    return 0;
  case LWS_CALLBACK_EVENT_WAIT_CANCELLED: lws_callback_on_writable(wsi); return 0;
  case LWS_CALLBACK_CLIENT_WRITEABLE: return obey_one();
  case LWS_CALLBACK_CLIENT_RECEIVE: received(in, size); return 0;
  case LWS_CALLBACK_CLIENT_RECEIVE_PONG: say("pong", in, size); return 0;
  case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
    if (size >= 2) sprintf(status, "%d", ((unsigned char *)in)[0] << 8 | ((unsigned char *)in)[1]);
    say("closed", status, strlen(status));
    return 0;
  case LWS_CALLBACK_CLIENT_CONNECTION_ERROR: fprintf(stderr, "%s\n", (char *)in); exit(1);
  case LWS_CALLBACK_CLIENT_CLOSED: ended = 1; return 0;
  default: return lws_callback_http_dummy(socket, reason, user, in, size);
  }
}

int main(int count, char **args) {
  struct lws_protocols protocols[] = {{args[count - 1], on_event, 0, 65536, 0, NULL, 0}, {0}};
  struct lws_context_creation_info info = {.port = CONTEXT_PORT_NO_LISTEN, .protocols = protocols};
  const char *scheme, *path;
  struct lws_client_connect_info to = {.protocol = args[2], .path = "/", .pwsi = &wsi};
  lws_set_log_level(LLL_ERR, NULL);
  context = to.context = lws_create_context(&info);
  if (lws_parse_uri(args[1], &scheme, &to.address, &to.port, &path)) return 1;
  to.host = to.origin = to.address;
  lws_client_connect_via_info(&to);
  while (!ended && lws_service(context, 0) >= 0) {}
  say("closed", "-", 1);
  return 0;
}
