#pragma once

namespace std
{

// What is done when the calling thread has ended, after its thread_local objects.
class __at_thread_exit
{
  public:
    __at_thread_exit *next = nullptr;

    virtual ~__at_thread_exit();
    virtual void run() noexcept = 0;
};

// Takes the object over.
void __add_at_thread_exit(__at_thread_exit *action);

} // namespace std
