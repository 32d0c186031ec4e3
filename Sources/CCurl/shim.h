#include <curl/curl.h>
#include <dlfcn.h>
#include <stdlib.h>

// libcurl brings a dozen other libraries along, which would be loaded at every start and are needed by few processes: so it
// is opened when something is first fetched (dlopen(3)). 4 is the only interface that it has had since 2006.
#define DESK_CURL_FUNCTIONS(each) \
  each(global_init) each(easy_init) each(easy_cleanup) each(easy_setopt) each(easy_perform) each(easy_getinfo) \
  each(easy_strerror) each(slist_append) each(slist_free_all)

struct desk_curl {
#define DESK_CURL_MEMBER(name) __typeof__(curl_##name) *name;
  DESK_CURL_FUNCTIONS(DESK_CURL_MEMBER)
};

/// libcurl's functions, which stay for as long as the process; null where there is no libcurl.
static inline const struct desk_curl *desk_curl_open(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW);
  struct desk_curl *curl = library ? (struct desk_curl *)malloc(sizeof(struct desk_curl)) : NULL;
  if (!curl) return NULL;
#define DESK_CURL_FIND(name) \
  if (!(curl->name = (__typeof__(curl->name))dlsym(library, "curl_" #name))) return NULL;
  DESK_CURL_FUNCTIONS(DESK_CURL_FIND)
  return curl;
}

// Swift calls no function of a variable number of arguments, so each type of argument has one of its own.
static inline CURLcode desk_curl_set_number(
    const struct desk_curl *curl, CURL *handle, CURLoption option, long value) {
  return curl->easy_setopt(handle, option, value);
}
static inline CURLcode desk_curl_set_text(
    const struct desk_curl *curl, CURL *handle, CURLoption option, const char *value) {
  return curl->easy_setopt(handle, option, value);
}
static inline CURLcode desk_curl_set_writer(
    const struct desk_curl *curl, CURL *handle, curl_write_callback writer, void *context) {
  CURLcode code = curl->easy_setopt(handle, CURLOPT_WRITEFUNCTION, writer);
  return code == CURLE_OK ? curl->easy_setopt(handle, CURLOPT_WRITEDATA, context) : code;
}
static inline CURLcode desk_curl_set_headers(
    const struct desk_curl *curl, CURL *handle, struct curl_slist *headers) {
  return curl->easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
}
static inline CURLcode desk_curl_set_body(
    const struct desk_curl *curl, CURL *handle, const void *bytes, long count) {
  CURLcode code = curl->easy_setopt(handle, CURLOPT_POSTFIELDSIZE, count);
  return code == CURLE_OK ? curl->easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes) : code;
}
static inline CURLcode desk_curl_status(const struct desk_curl *curl, CURL *handle, long *status) {
  return curl->easy_getinfo(handle, CURLINFO_RESPONSE_CODE, status);
}
static inline curl_off_t desk_curl_retry_after(const struct desk_curl *curl, CURL *handle) {
  curl_off_t seconds = 0;
  return curl->easy_getinfo(handle, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK ? seconds : 0;
}

// A macro with a cast, which Swift's importer leaves out.
static const long desk_curl_global_default = CURL_GLOBAL_DEFAULT;
