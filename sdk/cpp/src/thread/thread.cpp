#include <bits/mutex.h>
#include <bits/thread.h>
#include <errno.h>
#include <exception>
#include <wasmos.h>

namespace std
{

__thread_task::~__thread_task() = default;

// An exception must not leave a thread. thrd_exit's may: it is not one of C++, and passes.
static void *run(void *argument)
{
    unique_ptr<__thread_task> task(static_cast<__thread_task *>(argument));
    try {
        task->run();
    } catch (...) {
        terminate();
    }
    return nullptr;
}

pthread_t __thread_start(unique_ptr<__thread_task> task)
{
    pthread_t t;
    if (int error = pthread_create(&t, nullptr, run, task.get()))
        __throw_system_error(error);
    task.release();
    return t;
}

void thread::join()
{
    int error = joinable() ? pthread_join(t, nullptr) : EINVAL;
    if (error)
        __throw_system_error(error);
    t = nullptr;
}

void thread::detach()
{
    int error = joinable() ? pthread_detach(t) : EINVAL;
    if (error)
        __throw_system_error(error);
    t = nullptr;
}

unsigned thread::hardware_concurrency() noexcept
{
    struct wasmos_sys_info info;
    return wasmos_sys_info(&info) == 0 ? unsigned(info.cpus) : 0;
}

} // namespace std
